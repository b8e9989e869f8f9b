import { expect, test } from 'vitest'
import { textOrder } from '#domain/text-order'

test.each([
  'STOP',
  'stop.',
  ' “Stop” ',
  'HUY',
  'Hủy',
  'huỷ',
  'hu\u0309y',
  'Dừng',
  'DUNG',
  'Từ chối',
  'HUY DK',
  'unsubscribe',
])('“%s” wants no more messages', (text) => {
  expect(textOrder(text)).toEqual({ type: 'stop' })
})

test.each(['START', 'BATLAI', 'Bật lại', 'bat lai'])('“%s” wants them again', (text) => {
  expect(textOrder(text)).toEqual({ type: 'start' })
})

test.each([
  'TRANGTHAI 2611048274',
  'trangthai2611048274',
  'TRANG THAI 2611 048 274',
  'Trạng thái: 2611-048-274.',
  'TRẠNG THÁI mã số 2611048274',
  'Status code 2611048274',
  'ＳＴＡＴＵＳ　２６１１０４８２７４',
])('“%s” asks for the status of a case', (text) => {
  expect(textOrder(text)).toEqual({ type: 'status', code: '2611048274' })
})

test.each(['TRANGTHAI', 'status 12345', 'TRANGTHAI 2611048273'])(
  '“%s” asks for a status without a code that can be one',
  (text) => {
    expect(textOrder(text)).toEqual({ type: 'status', code: null })
  },
)

test.each([
  'Đúng',
  'dùng',
  'Huy động dân phòng dọn rác',
  'Dừng xe trái phép ở Lê Lợi',
  'Trạng thái mặt đường 123 Lê Lợi rất tệ',
  'Xin hủy hóa đơn nước tính sai',
  '2611048274',
  '👍',
])('“%s” is a report', (text) => {
  expect(textOrder(text)).toEqual({ type: 'report' })
})
